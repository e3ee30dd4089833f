// The handlers of an agent, as the runtime sees them: by name, and the notifications by label under `on`.

/** What users give for a role. Names and types are the generated code's to say. */
export type Handlers = { readonly [name: string]: unknown };

export type Handler = (value: unknown, ctx: unknown) => unknown;

/** The handler under a name, its agent as `this`; undefined where there is none. Inherited ones count, but for what every object has. */
export function handlerOf(handlers: Handlers, name: string): Handler | undefined {
  const handler = handlers[name];
  if (typeof handler !== "function" || handler === Reflect.get(Object.prototype, name)) return undefined;
  return (value, ctx) => handler.call(handlers, value, ctx);
}

/** The notification for a label, likewise. */
export function notificationOf(handlers: Handlers, label: string): Handler | undefined {
  const { on } = handlers;
  return typeof on === "object" && on !== null ? handlerOf(on as Handlers, label) : undefined;
}

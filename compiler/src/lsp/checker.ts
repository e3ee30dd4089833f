// Checks in a thread of its own, so that the other answers of the server do not wait for them. In: sources, as they
// change. Out: for each the analysis, or null where a newer one of the same file has come or the check did not end.

import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { analyse } from "./analysis.js";
import type { Analysis, Question } from "./analysis.js";
import { SAMPLE } from "./warm.js";

export interface Checker {
  /** Of two questions about one file that wait, only the later one is answered; those with mends are for themselves. */
  readonly check: (question: Question) => Promise<Analysis | null>;
  /** Starts the thread and makes one check, so that the first one that matters does not wait for either. */
  readonly warm: () => void;
  readonly close: () => void;
}

/** A check that takes longer is given up, and its thread with it. */
const patience = 30_000;

interface Waiting {
  readonly question: Question;
  readonly answer: (analysis: Analysis | null) => void;
}

/**
 * Takes the program that a thread runs (with the word `lsp`; it has to come to `answerChecks`), null to check in this
 * thread; and whom to tell what goes wrong. A thread that cannot be had is no failure: the checks are then made here.
 */
export function checker(program: string | null, log: (problem: unknown) => void): Checker {
  const queue: Waiting[] = [];
  let worker: Worker | null = null;
  let thread = program;
  let hasAnswered = false;
  let current: (Waiting & { readonly timer: NodeJS.Timeout }) | null = null;

  const check: Checker["check"] = (question) =>
    new Promise((answer) => {
      const older = queue.findIndex(
        ({ question: { source, mendsWithin } }) =>
          source.file === question.source.file && (mendsWithin === null) === (question.mendsWithin === null),
      );
      if (older >= 0) queue.splice(older, 1)[0]?.answer(null);
      queue.push({ question, answer });
      next();
    });

  return {
    check,
    // Where there is no thread, everybody would wait.
    warm: () =>
      void (thread !== null && check({ source: { file: "/warm.chor", text: SAMPLE }, others: [], mendsWithin: null })),
    close: () => {
      if (current !== null) clearTimeout(current.timer);
      void worker?.terminate();
      worker = null;
      thread = null;
      for (const { answer } of queue.splice(0)) answer(null);
    },
  };

  function next(): void {
    if (current !== null) return;
    const waiting = queue.shift();
    if (waiting === undefined) return;
    const timer = setTimeout(
      () => lose(new Error(`the check of ${waiting.question.source.file} does not end`)),
      patience,
    );
    timer.unref();
    current = { ...waiting, timer };
    if (thread === null) setImmediate(() => done(here(waiting.question)));
    else threaded(thread).postMessage(waiting.question, []);
  }

  function done(analysis: Analysis | null): void {
    if (current === null) return;
    clearTimeout(current.timer);
    const { answer } = current;
    current = null;
    answer(analysis);
    next();
  }

  function here(question: Question): Analysis | null {
    try {
      return analyse(question);
    } catch (problem) {
      log(problem);
      return null;
    }
  }

  function threaded(file: string): Worker {
    if (worker !== null) return worker;
    // What a thread writes must not come between the messages of the connection.
    const made = new Worker(file, { argv: ["lsp"], stdout: true, stderr: true });
    made.unref();
    made.stdout.resume();
    made.stderr.resume();
    made.on("message", (answer: Answer) => {
      hasAnswered = true;
      if (answer.problem !== null) log(answer.problem);
      done(answer.analysis);
    });
    made.on("error", (problem) => made === worker && fail(problem));
    made.on("exit", (code) => made === worker && fail(new Error(`the thread of the checks has ended (${code})`)));
    worker = made;
    return made;
  }

  /** A thread that has never answered is not tried again. */
  function fail(problem: unknown): void {
    if (hasAnswered || current === null) return lose(problem);
    log(problem);
    worker = null;
    thread = null;
    done(here(current.question));
  }

  /** The thread is of no use any more; the next check makes another one. */
  function lose(problem: unknown): void {
    log(problem);
    void worker?.terminate();
    worker = null;
    done(null);
  }
}

interface Answer {
  readonly analysis: Analysis | null;
  readonly problem: string | null;
}

/** What a thread of a checker does: it answers questions with analyses, for ever. */
export function answerChecks(): void {
  if (isMainThread || parentPort === null) return;
  const port = parentPort;
  port.on("message", (question: Question) => {
    let answer: Answer;
    try {
      answer = { analysis: analyse(question), problem: null };
    } catch (problem) {
      answer = { analysis: null, problem: problem instanceof Error ? (problem.stack ?? problem.message) : "unknown" };
    }
    port.postMessage(answer, []);
  });
}

// What is written for whom begins a statement or a declaration, with places to fill in.

export const STATEMENT_SNIPPETS: ReadonlyMap<string, string> = new Map([
  ["choice", "choice ${1:name} at ${2:Role} {\n\t${3}\n} or {\n\t${4}\n}"],
  ["choice when", "choice at ${1:Role} when ${2:condition} {\n\t${3}\n} or {\n\t${4}\n}"],
  ["loop", "loop ${1:round} max ${2:3} {\n\t${3}\n}"],
  ["par", "par {\n\t${1}\n} and {\n\t${2}\n}"],
  ["scatter", "scatter ${1:list} as ${2:element} over ${3:Family} {\n\t${4}\n}"],
  ["pick", "pick ${1:Family} at ${2:Role} {\n\t${3}\n}"],
  ["do", "do ${1:Choreography}(${2})"],
  ["saga", "saga {\n\tstep {\n\t\t${1}\n\t} undo {\n\t\t${2}\n\t}\n} else {\n\t${3}\n}"],
  ["break", "break ${1:loop}"],
  ["continue", "continue ${1:loop}"],
  ["return", "return"],
  ["abort", "abort"],
  ["fail", 'fail "${1:why}"'],
]);

export const DECLARATION_SNIPPETS: ReadonlyMap<string, string> = new Map([
  ["artifact", "artifact ${1:Name} {\n\t${2:field}: ${3:string(1..200)}\n}"],
  ["open artifact", "open artifact ${1:Name} {\n\t${2:field}: ${3:string(1..200)}\n}"],
  ["contract", "contract ${1:Name}(${2:value}: ${3:Type}) external"],
  ["choreography", "choreography ${1:Name}(${2:Sender}, ${3:Receiver}) {\n\t${4}\n}"],
  ["import", 'import { ${2} } from "${1:./other.chor}"'],
]);

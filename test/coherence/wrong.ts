// Choreographies of agents that are wrong in one way each, as somebody might write them. For the tests of
// what the check says.

import { again, choice, leave, loop, named, send, seq } from "../support/build.js";
import type { Sketch } from "../support/build.js";

export interface WrongProgram {
  readonly name: string;
  readonly sketch: Sketch;
  /** The codes of the errors, in their order. */
  readonly codes: readonly string[];
}

const told = (receiver: string, ...labels: readonly string[]): Sketch["body"][] =>
  labels.map((label) => send("Reviewer", receiver, label));

export const wrongPrograms: readonly WrongProgram[] = [
  {
    name: "the tester is told of approval only",
    codes: ["CHOR0604"],
    sketch: {
      roles: ["Coder", "Reviewer", "Tester"],
      body: seq(
        send("Coder", "Reviewer", "Patch", { asked: "Patch" }),
        named(
          "verdict",
          "Reviewer",
          seq(send("Reviewer", "Coder", "Approve"), send("Reviewer", "Tester", "Run", { forwarded: "patch" })),
          send("Reviewer", "Coder", "Reject", { asked: "Reasons" }),
        ),
      ),
    },
  },
  {
    name: "the deployer must act and is not told",
    codes: ["CHOR0601"],
    sketch: {
      roles: ["Planner", "Coder", "Deployer"],
      body: seq(
        choice(
          "Planner",
          seq(send("Planner", "Coder", "Ship"), send("Deployer", "Coder", "Deployed")),
          send("Planner", "Coder", "Hold"),
        ),
      ),
    },
  },
  {
    name: "the editor waits when the rounds are used up",
    codes: ["CHOR0604"],
    sketch: {
      roles: ["Author", "Reviewer", "Editor"],
      body: loop(
        "round",
        { max: 5 },
        send("Author", "Reviewer", "Draft", { asked: "Draft" }),
        named(
          "verdict",
          "Reviewer",
          seq(
            ...told("Author", "Accept"),
            send("Reviewer", "Editor", "Publish", { forwarded: "draft" }),
            leave("round"),
          ),
          send("Reviewer", "Author", "Revise", { asked: "Comments" }),
        ),
      ),
    },
  },
  {
    name: "the coder must either answer or be asked",
    codes: ["CHOR0602"],
    sketch: {
      roles: ["Lead", "Researcher", "Coder"],
      body: choice(
        "Lead",
        seq(send("Lead", "Researcher", "Quick"), send("Coder", "Researcher", "Estimate", { asked: "Estimate" })),
        seq(
          send("Lead", "Researcher", "Deep"),
          send("Researcher", "Coder", "Question", { asked: "Question" }),
          send("Coder", "Researcher", "Answer", { asked: "Answer" }),
        ),
      ),
    },
  },
  {
    name: "the stop overtakes the result",
    codes: ["CHOR0603"],
    sketch: {
      roles: ["Manager", "Worker", "Archivist"],
      body: choice(
        "Manager",
        seq(
          send("Manager", "Worker", "Go"),
          send("Worker", "Archivist", "Result", { asked: "Result" }),
          send("Manager", "Archivist", "Close"),
        ),
        seq(
          send("Manager", "Worker", "Skip"),
          send("Manager", "Archivist", "Close"),
          send("Worker", "Archivist", "Note", { asked: "Note" }),
        ),
      ),
    },
  },
  {
    name: "two answers and no hint which",
    codes: ["CHOR0601"],
    sketch: {
      roles: ["User", "Agent", "Tool"],
      body: seq(
        send("User", "Agent", "Request", { asked: "Request" }),
        send("User", "Tool", "Open"),
        choice(
          "Agent",
          seq(send("Agent", "User", "Reading"), send("Tool", "Agent", "Page", { asked: "Page" })),
          seq(send("Agent", "User", "Writing"), send("Tool", "Agent", "Receipt", { asked: "Receipt" })),
        ),
      ),
    },
  },
  {
    name: "three branches, two of them silent to the auditor",
    codes: ["CHOR0604"],
    sketch: {
      roles: ["Boss", "Clerk", "Auditor"],
      body: choice(
        "Boss",
        seq(send("Boss", "Clerk", "Pay"), send("Clerk", "Auditor", "Paid")),
        send("Boss", "Clerk", "Refuse"),
        send("Boss", "Clerk", "Postpone"),
      ),
    },
  },
  {
    name: "a loop without end that nobody announces",
    codes: ["CHOR0604"],
    sketch: {
      roles: ["Driver", "Car", "Garage"],
      body: loop(
        "trip",
        {},
        choice(
          "Driver",
          send("Driver", "Car", "Drive"),
          seq(send("Driver", "Car", "Park"), leave("trip")),
          seq(send("Driver", "Car", "Repair"), send("Car", "Garage", "Broken"), send("Garage", "Car", "Fixed")),
        ),
      ),
    },
  },
  {
    name: "the scribe hears of some rounds only",
    codes: ["CHOR0604"],
    sketch: {
      roles: ["A", "B", "Scribe"],
      body: loop(
        "talk",
        { max: 3 },
        send("A", "B", "Say", { asked: "Speech" }),
        choice("B", seq(send("B", "A", "Agree"), send("B", "Scribe", "Agreed")), send("B", "A", "Object")),
      ),
    },
  },
  {
    name: "the helper must send in the else",
    codes: ["CHOR0601"],
    sketch: {
      roles: ["A", "B", "Helper"],
      body: loop(
        "attempt",
        { max: 2, otherwise: send("Helper", "A", "Rescue") },
        send("A", "B", "Ask"),
        choice("B", seq(send("B", "A", "Solved"), leave("attempt")), send("B", "A", "Stuck")),
      ),
    },
  },
  {
    name: "far down the line",
    codes: ["CHOR0604"],
    sketch: {
      roles: ["P0", "P1", "P2", "P3"],
      body: seq(
        ...Array.from({ length: 12 }, (_, i) => send(`P${i % 3}`, `P${(i + 1) % 3}`, `Step${i}`)),
        choice(
          "P0",
          seq(send("P0", "P1", "Yes"), send("P1", "P2", "Yes"), send("P2", "P3", "Yes")),
          seq(send("P0", "P1", "No"), send("P1", "P2", "No")),
        ),
      ),
    },
  },
  {
    name: "nobody tells anybody",
    codes: ["CHOR0601", "CHOR0604"],
    sketch: {
      roles: ["Chief", "Cook", "Waiter", "Guest"],
      body: choice(
        "Chief",
        seq(send("Chief", "Cook", "Serve"), send("Waiter", "Guest", "Dish")),
        send("Chief", "Cook", "Close"),
      ),
    },
  },
  {
    name: "the vote of another round comes first",
    codes: ["CHOR0603"],
    sketch: {
      roles: ["Chair", "Left", "Right", "Counter"],
      body: loop(
        "vote",
        {},
        choice(
          "Chair",
          seq(send("Chair", "Left", "Turn"), send("Left", "Counter", "Vote")),
          seq(send("Chair", "Right", "Turn"), send("Right", "Counter", "Vote")),
          seq(
            send("Chair", "Left", "End"),
            send("Chair", "Right", "End"),
            send("Chair", "Counter", "End"),
            leave("vote"),
          ),
        ),
      ),
    },
  },
  {
    name: "a branch is told by the wrong channel",
    codes: ["CHOR0603"],
    sketch: {
      roles: ["Seller", "Buyer", "Bank"],
      body: choice(
        "Seller",
        seq(send("Seller", "Buyer", "Offer"), send("Buyer", "Bank", "Order"), send("Seller", "Bank", "Invoice")),
        seq(send("Seller", "Buyer", "Sorry"), send("Seller", "Bank", "Invoice"), send("Buyer", "Bank", "Cancel")),
      ),
    },
  },
  {
    name: "who is asked again",
    codes: ["CHOR0602"],
    sketch: {
      roles: ["Client", "Server", "Cache"],
      body: loop(
        "session",
        {},
        choice(
          "Client",
          seq(send("Client", "Server", "Get"), send("Cache", "Server", "Entry"), send("Server", "Client", "Value")),
          seq(send("Client", "Server", "Put"), send("Server", "Cache", "Store"), send("Server", "Client", "Stored")),
          seq(send("Client", "Server", "Bye"), send("Server", "Cache", "Bye"), leave("session")),
        ),
      ),
    },
  },
  {
    name: "continue hides the end",
    codes: ["CHOR0604"],
    sketch: {
      roles: ["Dev", "Ci", "Ops"],
      body: seq(
        loop(
          "build",
          {},
          send("Dev", "Ci", "Commit"),
          choice(
            "Ci",
            seq(send("Ci", "Dev", "Red"), again("build")),
            seq(
              send("Ci", "Dev", "Green"),
              choice(
                "Ci",
                seq(send("Ci", "Dev", "Release"), send("Ci", "Ops", "Deploy"), leave("build")),
                seq(send("Ci", "Dev", "Keep"), leave("build")),
              ),
            ),
          ),
        ),
      ),
    },
  },
  {
    name: "the others go on without the archivist",
    codes: ["CHOR0601"],
    sketch: {
      roles: ["Bot", "User", "Archivist"],
      body: choice(
        "Bot",
        seq(send("Bot", "User", "Forever"), loop("chat", {}, send("User", "Bot", "Ask"), send("Bot", "User", "Reply"))),
        seq(send("Bot", "User", "Once"), send("Archivist", "User", "Record", { asked: "Record" })),
      ),
    },
  },
  {
    name: "the approver is asked in the else only",
    codes: ["CHOR0604"],
    sketch: {
      roles: ["Coder", "Tester", "Approver"],
      body: loop(
        "fix",
        {
          max: 3,
          otherwise: seq(
            send("Coder", "Approver", "Waiver", { asked: "Waiver" }),
            send("Approver", "Coder", "Granted"),
          ),
        },
        send("Coder", "Tester", "Patch", { asked: "Patch" }),
        choice(
          "Tester",
          seq(send("Tester", "Coder", "Pass"), leave("fix")),
          send("Tester", "Coder", "Fail", { asked: "Failure" }),
        ),
      ),
    },
  },
  {
    name: "the supervisor asks one of two experts",
    codes: ["CHOR0604", "CHOR0604"],
    sketch: {
      roles: ["Supervisor", "Lawyer", "Doctor"],
      body: choice(
        "Supervisor",
        seq(
          send("Supervisor", "Lawyer", "Question", { asked: "Question" }),
          send("Lawyer", "Supervisor", "Opinion", { asked: "Opinion" }),
        ),
        seq(
          send("Supervisor", "Doctor", "Question", { asked: "Question" }),
          send("Doctor", "Supervisor", "Opinion", { asked: "Opinion" }),
        ),
      ),
    },
  },
  {
    name: "the writer must know whether the critic was content",
    codes: ["CHOR0601"],
    sketch: {
      roles: ["Writer", "Critic", "Publisher"],
      body: seq(
        send("Writer", "Critic", "Text", { asked: "Text" }),
        choice(
          "Critic",
          send("Critic", "Publisher", "Fine"),
          seq(send("Critic", "Publisher", "Wait"), send("Writer", "Publisher", "Correction", { asked: "Correction" })),
        ),
      ),
    },
  },
];

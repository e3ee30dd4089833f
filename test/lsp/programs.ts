// The programs that the tests of the language server look at.

/** What the checker of today checks whole. */
export const review = `/** What is to be done. */
artifact Task { title: string(1..80) }
artifact Patch { diff: string(1..2000) }
artifact Review { findings: string(1..200)[1..20] }

/** A patch and its review, three times at most. */
choreography Team(Lead, Coder, Reviewer) {
  Lead -> Coder, Reviewer: Task
  loop attempt max 3 {
    Coder -> Reviewer: Patch
    choice verdict at Reviewer {
      Reviewer -> Coder: Approve()
      Reviewer -> Lead: Deliver(patch)
      break attempt
    } or {
      Reviewer -> Coder: Revise(Review)
    }
  } else {
    Reviewer -> Lead: GiveUp()
  }
}
`;

/** Much of the language in one file. */
export const build = `import { Agree, Frozen as Settled } from "./agree.chor"

artifact ModuleSpec { name: string(1..64)  summary: string(1..2000) }
artifact Plan {
  modules: ModuleSpec[1..16]
  where modules.every(m => m.name != "index") : "index is generated"
}
artifact Module { name: string(1..64)  plan: digest<Plan>  source: typescript }
artifact Stall { name: string(1..64)  why: string(1..200) }
artifact Approve { head: string(40) }
artifact Refuse { head: string(40) }
artifact Vote = Approve | Refuse

/** The module compiles against the plan. */
contract Builds(module: Module, plan: Plan) external

choreography BuildProject(Architect, Coder[1..8], Reviewer, patience: duration) within 6h {
  do Agree<Plan>(Architect, [Coder[*], Reviewer], 2, 20m) as pact else {
    fail "no agreement"
  }
  Architect -> *: Plan
  scatter plan.modules as spec over Coder {
    loop attempt max 4 {
      Coder -> Reviewer: Module
        where module.name == spec.name : "another module"
        gate Builds(module, plan)
        within patience else {
          Reviewer -> Architect: Stalled(Stall { name: spec.name, why: failure.reason }) as stalls[]
          break spec
        }
      choice verdict at Reviewer {
        Reviewer -> Coder: Pass()
        break attempt
      } or {
        Reviewer -> Coder: Again()
        continue attempt
      }
    }
  }
  Coder[*] -> Architect: Vote as votes[] quorum majority where vote.head == pact.frozen.of
  choice at Architect when votes.every(v => v is Approve) {
    Architect -> *: Complete()
  } or {
    Architect -> *: Failed()
  }
}
`;

export const agree = `artifact Ack { of: digest }
artifact Frozen { of: digest  acks: int(0..32) }

/** Propose, gather, freeze. */
choreography Agree<T>(Proposer, Member[1..32], needed: int, patience: duration) {
  Proposer -> Member[*]: Propose(T) as proposal
  Member[*] -> Proposer: Ack as acks[] quorum needed
  Proposer -> Member[*]: Frozen { of: digest(proposal), acks: acks.length }
}
`;

import { assert } from '../base/assert.ts'
import type { Project } from './model.ts'

/** One undoable step: the document before it, and the words for the menu ("Move region"). */
export interface Step {
  readonly label: string
  readonly before: Project
}

/**
 * The document with its past and future. Documents are readonly and share structure, so a step keeps a
 * reference, not a copy, and undo gives back the very document that was there. Every change goes through
 * `edit` or a gesture; callers cannot forget to record one, because there is no other way to change.
 */
export interface History {
  readonly present: Project
  readonly past: readonly Step[]
  readonly future: readonly Step[]
  /** A running gesture: everything until it ends is one step. */
  readonly gesture: Step | null
}

/** Older steps are forgotten beyond this many. */
export const HISTORY_LIMIT_STEPS = 200

export const createHistory = (project: Project): History => ({ present: project, past: [], future: [], gesture: null })

/** Applies one change as one step. A change that changes nothing leaves no step. */
export function edit(history: History, label: string, change: (project: Project) => Project): History {
  const settled = history.gesture ? commitGesture(history) : history
  const present = change(settled.present)
  return present === settled.present ? settled : recorded(settled, { label, before: settled.present }, present)
}

/** Applies one more change to the last step, as a key that is held down does: undo takes back all of it at once. */
export function prolong(history: History, change: (project: Project) => Project): History {
  const step = history.past.at(-1)
  assert(step && !history.gesture, 'only a step that was made can go on')
  const present = change(history.present)
  return present === history.present ? history : { ...history, present, future: [] }
}

/** Starts a gesture such as a drag; what follows through `continueGesture` becomes one step. */
export function beginGesture(history: History, label: string): History {
  const settled = history.gesture ? commitGesture(history) : history
  return { ...settled, gesture: { label, before: settled.present } }
}

/** Computes the present from the document at the gesture's start, so that pointer moves never accumulate. */
export function continueGesture(history: History, change: (before: Project) => Project): History {
  return history.gesture ? { ...history, present: change(history.gesture.before) } : history
}

export function commitGesture(history: History): History {
  if (!history.gesture) return history
  const settled = { ...history, gesture: null }
  return history.present === history.gesture.before ? settled : recorded(settled, history.gesture, history.present)
}

/** Leaves the document as it was when the gesture began, without a trace. */
export const abandonGesture = (history: History): History =>
  history.gesture ? { ...history, present: history.gesture.before, gesture: null } : history

export function undo(history: History): History {
  const settled = abandonGesture(history)
  const step = settled.past.at(-1)
  if (!step) return settled
  return {
    present: step.before,
    past: settled.past.slice(0, -1),
    future: [...settled.future, { label: step.label, before: settled.present }],
    gesture: null,
  }
}

export function redo(history: History): History {
  const settled = abandonGesture(history)
  const step = settled.future.at(-1)
  if (!step) return settled
  return {
    present: step.before,
    past: [...settled.past, { label: step.label, before: settled.present }],
    future: settled.future.slice(0, -1),
    gesture: null,
  }
}

/** Undoes or redoes until `stepCount` steps lie in the past; as far as there are that many. */
export function travel(history: History, stepCount: number): History {
  let now = abandonGesture(history)
  while (now.past.length > Math.max(0, stepCount)) now = undo(now)
  while (now.past.length < stepCount && now.future.length > 0) now = redo(now)
  return now
}

/** Changes the document without a step: for facts that arrive from outside and that nobody would undo. */
export function amend(history: History, change: (project: Project) => Project): History {
  return { ...history, present: change(history.present) }
}

const recorded = (history: History, step: Step, present: Project): History => ({
  present,
  past: [...history.past, step].slice(-HISTORY_LIMIT_STEPS),
  future: [],
  gesture: null,
})

import { failure, FailureError } from '../base/errors.ts'

/**
 * The failure `training-diverged`: from such numbers no update comes back.
 * @param what the number that was lost and when, as a sentence begins: "In step 4 the loss"
 */
export const trainingDiverged = (what: string): FailureError =>
  new FailureError(
    failure(
      'training-diverged',
      `${what} was no number any more: the training grew beyond all bounds.`,
      'Go on from the last checkpoint with a lower rate.',
    ),
  )

/** How the held-out loss went so far, as data. */
export interface EarlyStopping {
  readonly bestStep: number
  readonly bestLoss: number
  readonly checksSinceBest: number
}

/** A smaller gain is chance. */
const LEAST_GAIN = 0.001

export const noChecksYet: EarlyStopping = { bestStep: 0, bestLoss: Infinity, checksSinceBest: 0 }

/** Takes one more held-out loss. The best weights are those of `bestStep`. */
export function noteLoss(history: EarlyStopping, step: number, loss: number): EarlyStopping {
  return loss < history.bestLoss * (1 - LEAST_GAIN)
    ? { bestStep: step, bestLoss: loss, checksSinceBest: 0 }
    : { ...history, checksSinceBest: history.checksSinceBest + 1 }
}

export const isExhausted = (history: EarlyStopping, patience: number): boolean => history.checksSinceBest >= patience

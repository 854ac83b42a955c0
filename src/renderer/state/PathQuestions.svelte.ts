import type { PathQuestion } from '../bridge.ts'

export type { PathQuestion } from '../bridge.ts'

interface Open {
  readonly question: PathQuestion
  readonly answer: (paths: readonly string[]) => void
}

/** Questions for a place on disk that the window's own folder picker answers. */
export class PathQuestions {
  #open: Open | null = $state.raw(null)

  get current(): PathQuestion | null {
    return this.#open?.question ?? null
  }

  readonly ask = (question: PathQuestion): Promise<readonly string[]> => {
    this.answer([])
    return new Promise((resolve) => (this.#open = { question, answer: resolve }))
  }

  /** No paths: cancelled. */
  answer(paths: readonly string[]): void {
    const open = this.#open
    this.#open = null
    open?.answer(paths)
  }
}

/** A piece of a message; what stands between ⟦ and ⟧ is shown in its own way: strong, or as code. */
export interface Piece {
  readonly text: string
  readonly isMarked: boolean
}

/** The pieces of a message in its own order, which differs from language to language. */
export const piecesOf = (message: string): readonly Piece[] =>
  message
    .split(/[⟦⟧]/)
    .map((text, index) => ({ text, isMarked: index % 2 === 1 }))
    .filter(({ text }) => text !== '')

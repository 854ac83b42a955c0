/** What a piece of a compressed file came to; nothing yet where there are no channels. */
export interface DecodedPiece {
  readonly channelData: readonly Float32Array[]
  readonly sampleRate: number
}

/** Turns the pieces of one file, in their order, into samples. Throws whatever it throws where they are damaged. */
export interface PieceDecoder {
  decode(piece: Uint8Array): DecodedPiece | Promise<DecodedPiece>
  /** What was held back until the end. */
  flush(): DecodedPiece | Promise<DecodedPiece>
  free(): void
}

export const nothingYet: DecodedPiece = { channelData: [], sampleRate: 0 }

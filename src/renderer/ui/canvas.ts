/** What a painter gets from a picture. */
export interface Canvas {
  readonly context: CanvasRenderingContext2D
  /** In CSS pixels; the context is scaled to the screen's. */
  readonly width: number
  readonly height: number
  /** The value of a token, "accent" or "tx-faint". */
  readonly color: (token: string) => string
}

export type Paint = (canvas: Canvas) => void

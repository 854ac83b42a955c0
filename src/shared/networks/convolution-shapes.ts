/** Names and stored shapes of what a network learns, in the order in which they are told. */
export interface ConvolutionShapes {
  readonly shapes: Map<string, readonly number[]>
  /** `<name>/weight` [out, inputs, taps] and, where it has one, `<name>/bias` [out]. */
  convolution(name: string, out: number, inputs: number, taps: number, isBiased?: boolean): void
}

export function collectShapes(): ConvolutionShapes {
  const shapes = new Map<string, readonly number[]>()
  return {
    shapes,
    convolution(name, out, inputs, taps, isBiased = true) {
      shapes.set(`${name}/weight`, [out, inputs, taps])
      if (isBiased) shapes.set(`${name}/bias`, [out])
    },
  }
}

/** What became of a frame: a block of samples for each channel, full scale at ±1, or in words why there is none. */
export type DecodedFrame =
  | { readonly kind: 'sound'; readonly channels: readonly Float32Array[] }
  | { readonly kind: 'damaged'; readonly reason: string }

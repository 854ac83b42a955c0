/** Samples or features in either precision. */
export type Numbers = Float32Array | Float64Array

/** a · b + c, in a fused kernel rounded once. */
export function plusProduct(a: v128, b: v128, c: v128): v128 {
  return FUSES_PRODUCTS ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c)
}

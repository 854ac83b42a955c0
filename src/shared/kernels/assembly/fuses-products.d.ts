/** 1 where products of f32 are fused with sums, which is faster and rounds otherwise; the build says where. */
declare const FUSES_PRODUCTS: bool

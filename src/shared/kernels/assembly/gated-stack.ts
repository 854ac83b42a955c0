export { gates, pairUp } from './gated-stack/gates'
export { allocate, convolve, mix, rectify } from './gated-stack/layers'

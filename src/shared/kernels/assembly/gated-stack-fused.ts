export { allocate, convolve, gates, mix, pairUp, rectify } from './gated-stack/layers'

export { allocate, convolve, gates, mix, rectify } from './gated-stack/layers'

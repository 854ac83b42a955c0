export { condition, heapBase, run } from './wavenet-f32'

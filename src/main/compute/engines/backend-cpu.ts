import { version } from 'node:process'
import { tell } from '../../../shared/contract/told.ts'
import { because, type ComputeEngine } from './compute-engine.ts'

/** Plain JavaScript, as slow as it is certain: what the others are compared with. */
export const cpuEngine: ComputeEngine = {
  id: 'cpu',
  label: 'JavaScript',
  body: 'process',
  backendName: 'cpu',
  isHidden: true,
  probe: () => ({ isPresent: true, ...because(tell('for-comparisons')), version, driver: null }),
  async load() {
    await import('@tensorflow/tfjs-backend-cpu')
    return { version, device: null, memoryBytes: null }
  },
}

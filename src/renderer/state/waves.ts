import type { MediaId } from '../../shared/contract/media.ts'
import type { MediaPort } from './ports.ts'
export class Waves {
  constructor(_m: MediaPort) {}
  get(_id: MediaId) {
    return null
  }
}

import type { Random } from '../../base/random.ts'
import type { LatentMasks } from '../../networks/wavenet-autoencoder/batch.ts'

/** Dropout (Srivastava et al. 2014): each number is kept from an adversary with this chance, the others grow for it. */
export function drawMasks(random: Random, count: number, dropout: number): LatentMasks | null {
  if (dropout === 0) return null
  const draw = () => Float32Array.from({ length: count }, () => (random.uniform() < dropout ? 0 : 1 / (1 - dropout)))
  return { classifier: draw(), regressor: draw() }
}

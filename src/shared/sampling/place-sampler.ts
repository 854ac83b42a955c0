import type { SamplerDecoder } from './decoder.ts'
import type { IntegerDecoder } from './integer/quantize.ts'
import { createArena } from './memory/arena.ts'
import { placeBatch, type BatchOptions, type PlacedBatch } from './memory/batch-place.ts'
import { placeNetwork, type PlacedNetwork } from './memory/network.ts'

/** A decoder and batches that sing with it, in one memory: its weights lie there once. */
export interface PlacedSampler {
  readonly memory: WebAssembly.Memory
  readonly network: PlacedNetwork
  readonly batches: readonly PlacedBatch[]
}

/** @param integers of the same decoder, for whole numbers; none for f32 */
export function placeSampler(
  decoder: SamplerDecoder,
  integers: IntegerDecoder | null,
  batches: readonly BatchOptions[],
): PlacedSampler {
  const arena = createArena()
  const network = placeNetwork(arena, decoder, integers)
  const placed = batches.map((options) => placeBatch(arena, network, options))
  const memory = new WebAssembly.Memory({ initial: arena.pages, maximum: arena.pages, shared: true })
  arena.write(memory.buffer)
  return { memory, network, batches: placed }
}

import { autoencoderProbe } from './autoencoder-probe.ts'
import { blockProbes } from './block-probes.ts'
import { densityProbes } from './density-probes.ts'
import { lossProbes } from './loss-probes.ts'
import { mapProbes } from './map-probes.ts'
import { pictureProbes } from './picture-probes.ts'
import type { EngineProbe } from './probe.ts'

/** Every kind of block that a network of the program is made of, and the networks themselves. */
export const engineProbes: readonly EngineProbe[] = [
  ...blockProbes,
  ...lossProbes,
  ...mapProbes,
  ...densityProbes,
  ...pictureProbes,
  autoencoderProbe,
]

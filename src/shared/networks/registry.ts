import { spectralAutoencoder } from './spectral-autoencoder/index.ts'

/** Networks whose weights are read from files of other people: tests/contract holds each to what all keep. */
export const networks = [spectralAutoencoder] as const

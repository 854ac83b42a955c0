import { spectralAutoencoder } from './spectral-autoencoder/index.ts'

/** Every network of the program; the only file that knows them all. */
export const networks = [spectralAutoencoder] as const

export type NetworkId = (typeof networks)[number]['id']

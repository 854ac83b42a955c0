import type { Random } from '../base/random.ts'
import type { Result } from '../base/result.ts'

/** Weights by name, in stored layout. */
export type NetworkParameters = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly values: Float32Array }
>

/** What a network offers to those who load, count, plan and show it. Tensors never leave a network. */
export interface NetworkDefinition<Config> {
  /** Stored in every checkpoint; never changes. */
  readonly id: string
  readonly label: string
  /** By name, the sizes that are offered, and `tiny` for tests. */
  readonly sizes: Readonly<Record<string, Config>>
  /** Reads a configuration out of a file's header; refuses sizes that no memory should be spent on. */
  parseConfig(unparsed: unknown): Result<Config>
  parameterShapes(config: Config, singerCount: number): ReadonlyMap<string, readonly number[]>
  initialize(config: Config, singerCount: number, random: Random): NetworkParameters
  /** Frames on either side that one output frame sees (statistics over a whole file apart), and their hop. */
  reach(config: Config): { readonly frames: number; readonly hopSec: number }
}

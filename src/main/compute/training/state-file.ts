import { existsSync } from 'node:fs'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../shared/formats/safetensors.ts'
import type { StoredState } from '../../../shared/training/stored-state.ts'
import { readWhole, writeAtomically } from '../../files/atomic-write.ts'

/** What stands in a file beside the state. */
type Told = Readonly<Record<string, string>>

/** @param fingerprint of everything that the steps depend on */
export function writeStateFile(path: string, fingerprint: string, { arrays, record }: StoredState, told: Told): void {
  const tensors = new Map(
    [...arrays].map(([name, values]) => [
      name,
      { type: 'F32' as const, shape: [values.length], bytes: floatBytes(values) },
    ]),
  )
  writeAtomically(path, writeSafetensors({ tensors, metadata: { fingerprint, record, ...told } }))
}

/** The counterpart; null where there is none, and for a checkpoint of another training, which is not gone on with. */
export function readStateFile(
  path: string,
  fingerprint: string,
): { readonly stored: StoredState; readonly told: Told } | null {
  if (!existsSync(path)) return null
  const file = readSafetensors(readWhole(path))
  if (!file.ok || file.value.metadata['fingerprint'] !== fingerprint) return null
  const { tensors, metadata } = file.value
  const arrays = new Map([...tensors].map(([name, { bytes }]) => [name, readFloats(bytes)]))
  return { stored: { arrays, record: metadata['record'] ?? '' }, told: metadata }
}

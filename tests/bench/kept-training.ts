import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeAtomically } from '../../src/main/files/atomic-write.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../src/shared/formats/safetensors.ts'
import type { StoredState } from '../../src/shared/training/stored-state.ts'

/** Keeps a bench's training where it can be gone on with. @param plan everything that it depends on, as text */
export function keepTraining(path: string, plan: string, { arrays, record }: StoredState): void {
  const tensors = new Map(
    [...arrays].map(([name, values]) => [
      name,
      { type: 'F32' as const, shape: [values.length], bytes: floatBytes(values) },
    ]),
  )
  mkdirSync(dirname(path), { recursive: true })
  writeAtomically(path, writeSafetensors({ tensors, metadata: { record, plan } }))
}

/** Null where there is none of this very training. */
export function findTraining(path: string, plan: string): StoredState | null {
  if (!existsSync(path)) return null
  const file = readSafetensors(readFileSync(path))
  if (!file.ok || file.value.metadata['plan'] !== plan) return null
  const arrays = new Map([...file.value.tensors].map(([name, { bytes }]) => [name, readFloats(bytes)]))
  return { arrays, record: file.value.metadata['record'] ?? '' }
}

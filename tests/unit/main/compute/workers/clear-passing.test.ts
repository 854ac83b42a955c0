import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { clearPassing } from '../../../../../src/main/compute/workers/clear-passing.ts'
import { temporaryPathBeside } from '../../../../../src/main/files/atomic-write.ts'
import type { ComputeTask } from '../../../../../src/shared/contract/compute.ts'
import { makeTemporaryFolder, removeFolder } from '../../../../support/temporary-folder.ts'

const home = makeTemporaryFolder()
afterAll(() => removeFolder(home))

const work = (kind: string) => join(home, kind)
const modelOf = (kind: string) => join(home, 'models', `${kind}.bin`)
/** Of a request only the places where it writes are asked for. */
const tasks = [
  { kind: 'train-vocoder', request: { workFolder: work('vocoder'), modelPath: modelOf('vocoder') } },
  { kind: 'train-translation', request: { workFolder: work('domain'), domains: [{ modelPath: modelOf('domain') }] } },
] as unknown as readonly ComputeTask[]

test.each([
  ['a vocoder', tasks[0], 'vocoder'],
  ['domains', tasks[1], 'domain'],
])(
  'what a killed training of %s had begun to write is cleared, wherever it lies, and all else stays',
  (_, task, kind) => {
    const whole = [modelOf(kind), join(work(kind), 'curve.json'), join(work(kind), 'features', 'heard.safetensors')]
    for (const path of whole) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, 'whole')
    }
    const begun = whole.map((path) => temporaryPathBeside(path))
    for (const path of begun) writeFileSync(path, 'begun')
    clearPassing(task)
    expect(begun.filter((path) => existsSync(path))).toEqual([])
    expect(whole.every((path) => existsSync(path))).toBe(true)
  },
)

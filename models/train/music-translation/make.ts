import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { namedFolders } from '../../../src/main/commands/named-folders.ts'
import { trainTranslation } from '../../../src/main/compute/tasks/train-translation.ts'
import { openDirectTask } from '../../../src/main/evaluation/direct-task.ts'
import { applicationPaths } from '../../../src/main/paths.ts'
import type { DomainId } from '../../../src/shared/base/id.ts'
import { domainSizes, type DomainTrainRequest, type LearningDomain } from '../../../src/shared/contract/domains.ts'
import { unpackClips } from '../unpack-clips.ts'

/**
 * Learns domains of music, by the same task as the program's own trainings: see README.md here. Killed at any moment and
 * started again it goes on from its last check.
 */

const { values } = parseArgs({
  options: {
    audio: { type: 'string', multiple: true },
    work: { type: 'string' },
    size: { type: 'string', default: 'preview' },
    steps: { type: 'string' },
    every: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    'learned-from': { type: 'string', default: 'recordings of instruments' },
    licence: { type: 'string', default: 'CC-BY-4.0' },
  },
})
const size = domainSizes.find((one) => one === values.size)
if (values.audio === undefined || values.work === undefined || size === undefined) {
  process.stderr.write(
    `Usage: npm run music-translation -- --audio <folder of a domain>[=name] --audio … --work <folder to go on from> [--size ${domainSizes.join('|')}] [--steps n] [--every n: each n-th recording is left for the evaluation] [--seed n] [--learned-from words] [--licence words]\n`,
  )
  process.exit(2)
}
const workFolder = resolve(values.work)
const leftOut = Number(values.every)
const domains: LearningDomain[] = []
for (const { name, folder } of namedFolders(values.audio)) {
  const recordings = await unpackClips(folder, leftOut, workFolder)
  const domainId = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '') as DomainId // its letters and digits alone
  domains.push({ domainId, name, recordings, modelPath: join(workFolder, `${domainId}.domain`) })
}
const request: DomainTrainRequest = {
  domains,
  size,
  ...(values.steps === undefined ? {} : { steps: Number(values.steps) }),
  licence: values.licence,
  learnedFrom: values['learned-from'],
  software: 'Understudy',
  createdAtMs: 0,
  seed: Number(values.seed),
  workFolder,
}
const { enginesFolder } = applicationPaths({ modelsFolder: '' }, process.env)
const tell = (line: string) => void process.stderr.write(`${line}\n`)
const end = await trainTranslation(request, await openDirectTask(enginesFolder, tell))
if (end.kind === 'done' && end.result.kind === 'train-translation')
  process.stdout.write(`${JSON.stringify(end.result.summary, null, 2)}\n`)

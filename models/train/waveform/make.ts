import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { namedFolders } from '../../../src/main/commands/named-folders.ts'
import { learnWaveform } from '../../../src/main/compute/tasks/learn-waveform.ts'
import { openDirectTask } from '../../../src/main/evaluation/direct-task.ts'
import { applicationPaths } from '../../../src/main/paths.ts'
import type { LearningSinger } from '../../../src/shared/contract/compute.ts'
import { waveformSizes } from '../../../src/shared/contract/waveform.ts'
import { waveformPlan } from '../../../src/shared/training/wavenet-autoencoder/plans.ts'
import { unpackClips } from '../unpack-clips.ts'

/**
 * Learns singers who sing sample by sample, by the same task as the program's own trainings: see README.md here. Killed
 * at any moment and started again it goes on from its last check.
 */

const { values } = parseArgs({
  options: {
    audio: { type: 'string', multiple: true },
    work: { type: 'string' },
    size: { type: 'string', default: 'preview' },
    steps: { type: 'string' },
    'check-steps': { type: 'string' },
    every: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    consent: { type: 'string', default: 'Recordings whose licence allows it.' },
    licence: { type: 'string', default: 'CC-BY-SA-4.0' },
  },
})
const size = waveformSizes.find((one) => one === values.size)
if (values.audio === undefined || values.audio.length < 2 || values.work === undefined || size === undefined) {
  process.stderr.write(
    `Usage: npm run waveform-singers -- --audio <folder of a singer>[=name] --audio … --work <folder to go on from> [--size ${waveformSizes.join('|')}] [--steps n] [--check-steps n] [--every n: each n-th recording is left for the evaluation] [--seed n] [--consent words] [--licence words]\n`,
  )
  process.exit(2)
}
const workFolder = resolve(values.work)
const leftOut = Number(values.every)
const singers: LearningSinger[] = []
for (const { name, folder } of namedFolders(values.audio)) {
  const clips = await unpackClips(folder, leftOut, workFolder)
  const own = join(workFolder, name)
  const { consent, licence } = values
  singers.push({ name, clips, consent, licence, workFolder: own, singerPath: `${own}.singer` })
}
const [first, ...beside] = singers
const training = { size, ...(values.steps === undefined ? {} : { steps: Number(values.steps) }) }
const plan = waveformPlan(size, training.steps)
const checkSteps = Number(values['check-steps'] ?? plan.checkSteps)
const request = {
  ...first,
  beside,
  software: 'Understudy',
  createdAtMs: 0,
  preset: 'normal' as const,
  size: 'fast' as const,
  waveform: training,
  plan: { stepCount: plan.stepCount, checkSteps, patience: Infinity },
  seed: Number(values.seed),
}
const { enginesFolder } = applicationPaths({ modelsFolder: '' }, process.env)
const tell = (line: string) => void process.stderr.write(`${line}\n`)
const end = await learnWaveform(request, training, await openDirectTask(enginesFolder, tell))
if (end.kind === 'done' && end.result.kind === 'train')
  process.stdout.write(`${JSON.stringify(end.result.summary, null, 2)}\n`)

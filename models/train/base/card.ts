import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BaseSize } from '../../../src/main/compute/models/base-store.ts'
import type { TrainingPlan } from '../../../src/shared/training/presets.ts'
import { secondsOf, type Person } from './people.ts'

export interface CardFacts {
  readonly size: BaseSize
  readonly people: readonly Person[]
  readonly plan: TrainingPlan
  readonly seed: number
  /** Share of the crops that are learned from another person's reading of the same words. */
  readonly readingShare: number
  /** Sentences that were cut off are among the recordings. */
  readonly isCutTaken: boolean
  readonly engine: string
}

/** The strictest of the licences that the recordings bear. */
export const BASE_LICENCE = 'CC-BY-SA-4.0'

/** What was measured stands beside the recipe, because it is measured after the training. */
const measuredPath = join(import.meta.dirname, 'measured.md')

export function baseCard({ size, people, plan, seed, readingShare, isCutTaken, engine }: CardFacts): string {
  const measured = existsSync(measuredPath) ? readFileSync(measuredPath, 'utf8').trim() : 'Not measured yet.'
  return `# Base converter, ${size} size, version 1

An encoder and a decoder that ${people.length} voices were learned with: new singers are enrolled into it in seconds to
minutes (the encoder stays, a row of 32 numbers and the decoder are tuned), instead of learning everything from their
clips. It holds no recording and no singer that could be chosen; the rows of its table are kept so that a new singer
begins between them.

## What is in the file
\`model.safetensors\`: the weights in half precision by the names of \`src/shared/networks/spectral-autoencoder\`, the
singers' table and the mean shape in single precision; sizes, spread and names in its metadata, with a digest over all.

## Data and licences
${peopleTable(people)}

Taken together the weights are passed on under **${BASE_LICENCE}**, the strictest of these. Credits: PJS corpus
(J. Koguchi, S. Takamichi 2020), VCTK (C. Veaux, J. Yamagishi, K. MacDonald), EmoDB (F. Burkhardt et al. 2005),
LibriSpeech (V. Panayotov et al. 2015), Thorsten-Voice (T. Müller), vocadito (R. Bittner et al. 2021), oatsu ("CrazY").
Recordings ${isCutTaken ? '' : 'that were cut off, '}with other voices in the background or of telephone bandwidth, and persons with less than
nine seconds were left out; of nobody more than some minutes were used. \`dataDigest\` in the manifest names the exact recordings.

## Training
\`npm run train-base\`, the product's own trainer: ${plan.stepCount} steps of 8 crops of 1.6 s, seed ${seed}, engine ${engine}.
${readingShare > 0 ? `Where several people read the same words, ${100 * readingShare} % of the crops were heard in another's reading.\n` : ''}The same recordings, seed and engine give the same bytes, also after an interruption.

## What was measured
${measured}

## Limits
Nobody has listened in a controlled way. Read and acted speech of four languages and few singers: voices above 500 Hz
are sparse in it. It was learned from recordings of adults.
`
}

function peopleTable(people: readonly Person[]): string {
  const rows = people.map((person) => {
    const licences = [...new Set(person.recordings.map(({ licence }) => licence))].join('; ')
    const sources = [...new Set(person.recordings.map(({ source }) => source))].join('; ')
    return `| ${person.name} | ${secondsOf(person).toFixed(0)} s | ${licences} | ${sources} |`
  })
  return ['| person | recordings | licence | source |', '|---|---|---|---|', ...rows].join('\n')
}

import { makeVocoder } from '../make-vocoder.ts'

await makeVocoder({ network: 'flow', name: 'Flow vocoder', command: 'vocoder-flow' })

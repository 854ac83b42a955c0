import { makeVocoder } from '../make-vocoder.ts'

await makeVocoder({ network: 'source-filter', name: 'Source-filter vocoder', command: 'vocoder-ged' })

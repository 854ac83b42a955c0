import { walkAll } from './walk.ts'

walkAll('pointer')

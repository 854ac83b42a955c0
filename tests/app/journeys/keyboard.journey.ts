import { walkAll } from './walk.ts'

walkAll('keyboard')

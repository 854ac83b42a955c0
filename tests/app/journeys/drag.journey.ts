import { walkAll } from './walk.ts'

walkAll('drag')

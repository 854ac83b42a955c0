import type { Application } from '../application.ts'
export type SoundEncoding = 'pcm16' | 'pcm24' | 'float32'
export async function writeSound(_a: Application, _mediaId: string, _out: string, _encoding: SoundEncoding) {}

import type { Command } from 'commander'

export interface FarmOptions {
  readonly queue?: string
  readonly store?: string
}

/** For commands whose work other machines may do. */
export const addFarmOptions = (command: Command): Command =>
  command
    .option('--queue <address>', 'let the machines at this queue do it, such as redis://box.local:6379')
    .option('--store <place>', 'where its sounds travel: a folder that all machines share, or s3://bucket/prefix')

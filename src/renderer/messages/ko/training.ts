import type { ClipFault } from '../../../shared/screening/finding.ts'
import { withParticle } from '../korean-particles.ts'
import type { Translation } from '../catalog.ts'
import type { training as english } from '../en/training.ts'

/** The figures of a finding stand in the table beside it. */
const faultNames: Readonly<Record<ClipFault, string>> = {
  broken: '손상됨',
  'too-short': '너무 짧음',
  silent: '무음',
  'too-quiet': '너무 작음',
  clipped: '클리핑됨',
  'hardly-voiced': '목소리가 거의 없음',
  noisy: '잡음이 있음',
  reverberant: '울림이 있음',
  'several-voices': '여러 목소리',
  'low-bandwidth': '고음역이 잘림',
  'same-audio': '같은 녹음이 또 있음',
  'other-singer': '다른 가수의 목소리일 수 있음',
  'not-a-voice': '목소리가 아님',
  'mostly-silent': '대부분 무음',
  quiet: '조금 작음',
}

export const training = {
  // CheckpointRow
  checkpointNotTaken: '체크포인트를 사용하지 못했습니다',
  singsAsAfter: (singer, steps) => `이제 ${withParticle(singer, '이/가')} ${steps}단계까지 배운 목소리로 부릅니다.`,
  isSingingStem: (step) => `${step}단계가 스템을 부르는 중`,
  stopStep: (step) => `${step}단계 정지`,
  hearStep: (step) => `${step}단계 듣기`,
  best: '최고',
  onlyPhraseKept: '프레이즈만 보관됨',
  notKept: '보관되지 않음',
  inUse: '사용 중',
  use: '사용',

  // CheckpointsBlock
  checkpointNotPlayed: '체크포인트를 재생하지 못했습니다',
  checkpoints: '체크포인트',
  compareInLoop: '반복하며 비교',
  original: '원본',
  stopComparing: '비교 정지',
  listen: '듣기',
  step: '단계',
  error: '오차',
  change: '변화',
  remark: '비고',

  // ClipDetails
  findings: '발견한 점',
  cutInto: (clip, count, used) => `${clip}: 조용한 곳에서 ${count}개로 나눔, ${used}개 사용`,
  slicesOf: (clip) => `${clip} 조각`,
  cutNote: '조용한 곳에서 나누었습니다. 조각 사이의 무음은 학습하지 않습니다.',
  finding: (fault, _words) => faultNames[fault],

  // ClipTable
  clipNotPlayed: '클립을 재생하지 못했습니다',
  othersNotJudged: '다른 클립을 다시 판정하지 못했습니다',
  clip: '클립',
  length: '길이',
  lufs: 'LUFS',
  noise: '잡음',
  voiced: '유성음',
  range: '음역',
  verdict: '판정',
  remove: '제거',
  stopClip: (clip) => `${clip} 정지`,
  hearClip: (clip) => `${clip} 듣기`,
  cutsAndFindings: (clip) => `${clip}: 나눈 곳과 발견한 점`,
  removeClip: (clip) => `${clip} 제거`,

  // ClipsBlock
  clipsNotRead: '클립을 읽지 못했습니다',
  clips: '클립',
  usable: (time) => `${time} 사용 가능`,
  suggested: (time) => `목소리 ${time} 이상 권장`,
  addClips: '클립 추가',
  listeningToClips: '클립을 살펴보는 중',
  notCanceled: '취소하지 못했습니다',
  cancel: '취소',
  dropClips: '한 사람의 목소리 녹음을 여기에 끌어다 놓으세요. 드라이하고, 혼자 부르고, 리버브가 없어야 합니다.',
  dropNote: '학습하기 전에 하나씩 살펴보고 판정합니다.',

  // CoverageBlock
  everyNoteCovered: '가장 낮은 음과 가장 높은 음 사이의 모든 음이 있습니다.',
  thinNotes: (runs, seconds) =>
    `${runs.slice(0, 3).join(', ').replaceAll(' to ', '~')}${runs.length > 3 ? ` 외 ${runs.length - 3}개` : ''} 음이 부족합니다. 목소리가 ${seconds}초 미만입니다.`,
  comparedHigher: (octaves) => ` 부를 때처럼 ${octaves}옥타브 높여 비교했습니다.`,
  comparedLower: (octaves) => ` 부를 때처럼 ${octaves}옥타브 낮춰 비교했습니다.`,
  pitchCoverage: '음역 분포',
  secondsPerNote: '음마다 목소리 길이(초)',
  inClips: '클립에 있음',
  songAsks: (song) => `${song}에 필요`,
  missing: '부족',
  compareWith: '비교 대상',
  wholeSong: '곡 전체',
  coveragePicture: (sentence) => `음마다 목소리 길이(초). ${sentence}`,
  stillListened: (count) => `스템 ${count}개를 아직 살펴보는 중입니다.`,
  gap: (_words, song, runs, seconds) =>
    runs.length === 0
      ? `클립에 ${song}의 모든 음이 있습니다.`
      : `${song}에 필요한 ${runs.slice(0, 3).join(', ').replaceAll(' to ', '~')}${runs.length > 3 ? ` 외 ${runs.length - 3}개` : ''} 음이 클립에 부족합니다. 곡에는 ${seconds[0].toFixed(1)}초, 클립에는 ${seconds[1].toFixed(1)}초 있습니다.`,

  // LengthBlock
  quick: '빠르게',
  quickNote: '첫인상만 확인',
  normal: '보통',
  normalNote: '대부분 알맞음',
  long: '길게',
  longNote: '음역이 넓을 때',
  waveformNotes: {
    quick: '작은 네트워크로 들어 보기',
    normal: '발표된 너비의 절반',
    long: '발표된 네트워크',
  },
  notStarted: '학습을 시작하지 못했습니다',
  trainingLength: '학습 길이',
  steps: (count) => `${count}단계`,
  timesFrom: (time) => `엔진 점검을 바탕으로 ${time} 길이의 클립에 걸리는 시간입니다. 더 일찍 끝날 수 있습니다.`,
  timesUnknown: '이 컴퓨터를 측정하면 시간을 알 수 있습니다.',
  measuring: '측정 중…',
  measure: '측정',
  engine: '엔진',
  foundAtStart: '시작할 때 정해짐',
  memory: '메모리',
  aboutOfFree: (bytes, free) => `약 ${bytes}, ${free} 여유`,
  disk: '디스크',
  ofFree: (bytes, free) => `${bytes}, ${free} 여유`,
  startLearning: '학습 시작',
  goesOnWhenClosed: '이 페이지나 앱을 닫아도 계속됩니다.',

  // ListenOn
  heldBackPhrase: '따로 남겨 둔 프레이즈',
  yourSong: (stem) => `내 곡: ${stem}`,
  heardOn: '들어 볼 대상',

  // ResumeBanner
  trainingNotRead: '학습 기록을 읽지 못했습니다',
  show: '표시',
  notStopped: '멈추지 못했습니다',
  stopAndKeep: '멈추고 보관',
  didNotGoOn: '계속하지 못했습니다',
  resume: '계속',
  decideLater: '나중에 결정',

  // RunBlock
  waitingToLearn: '학습 대기 중',
  learning: '학습 중',
  paused: '일시 정지됨',
  learned: '학습 완료',
  discarded: '버림',
  stoppedByFault: '오류로 중단됨',
  summary: (best, count, time, engine) =>
    `${count}단계 중 ${best}단계가 가장 좋았습니다. ${engine}에서 ${time} 걸렸습니다.`,
  summaryEarly: (best, count, time, engine) =>
    `${count}단계 중 ${best}단계가 가장 좋았고, 더 나아지지 않아 끝냈습니다. ${engine}에서 ${time} 걸렸습니다.`,
  took: (time) => `${time} 걸렸습니다.`,
  learningStage: '학습',
  discardQuestion: (singer) => `${withParticle(singer, '을/를')} 버릴까요?`,
  discardThis: '이 학습을 버릴까요?',
  discardNote: '학습이 끝나고 체크포인트가 삭제됩니다. 클립은 그대로 남습니다.',
  goOnLearning: '계속 학습',
  discard: '버리기',
  notDiscarded: '버리지 못했습니다',
  notPaused: '일시 정지하지 못했습니다',
  pause: '일시 정지',
  goOn: '계속',
  trainAnother: '다른 가수 학습',
  goesOnShort: '이 페이지나 앱을 닫아도 계속됩니다',
  stages: '과정',
  learningOf: (singer) => `${singer} 학습 중`,
  errorPicture: (sentence) => `단계별 오차. ${sentence}`,
  errorHeldBack: '남겨 둔 프레이즈의 오차',
  errorLearning: '학습 중 오차',
  left: (time) => `${time} 남음`,

  // SingersBar
  learnedTogether: '이 학습의 가수',
  singerNumber: (number) => `가수 ${number}`,
  leaveOut: (name) => `이 학습에서 제외: ${name}`,
  learnTogether: '다른 가수도 함께 학습',
  togetherNote: '가수마다 이름, 동의, 클립이 따로 있고 각각 하나의 가수가 됩니다.',

  // TrainingScreen
  voice: '목소리',
  run: '학습',
  curveNotRead: '학습 곡선을 읽지 못했습니다',
  trainSinger: '가수 학습',
  stepsLabel: '단계',
  backToSong: '곡으로 돌아가기',
  back: '뒤로',

  // VerdictCell
  keep: '유지',
  skip: '제외',
  reason: (words) => (words === 'clean' ? '깨끗함' : words),

  // VoiceBlock
  singerName: '가수 이름',
  ownerAgrees: '이 목소리의 주인이 동의했습니다',
  owner: '목소리의 주인',
  whoAgreed: '누가 어떻게 동의했는지',
  consentNote: '가수 카드와 이 가수로 내보내는 모든 파일에 기록됩니다.',
  rangeFound: (range) => `찾은 음역: ⟦${range}⟧`,

  // paint-loss
  firstNotCome: '아직 첫 체크포인트가 없습니다.',
  firstIsThere: '첫 체크포인트가 나왔습니다.',
  stillBetter: (steps, percent) => `계속 나아지고 있습니다. 최근 ${steps}단계에서 오차가 ${percent} % 줄었습니다.`,
  gotWorse: (steps, percent) =>
    `최근 ${steps}단계에서 오차가 ${percent} % 늘었습니다. 가장 좋은 체크포인트를 보관합니다.`,
  changedNothing: (steps) => `최근 ${steps}단계에서 달라진 것이 없습니다.`,
  stoppedAt: (title, percent) =>
    `⟦${title}⟧: 프로그램이 끝날 때 ${percent} %에서 멈췄습니다. 마지막 체크포인트는 보관되어 있습니다.`,
} satisfies Translation<typeof english>

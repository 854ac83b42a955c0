import type { Translation } from '../catalog.ts'
import type { emotionTraining as english } from '../en/emotion-training.ts'
import { withParticle } from '../korean-particles.ts'

export const emotionTraining = {
  // EmotionScreen
  title: '감정 모델 학습',
  model: '모델',
  learner: '방식',

  // ModelBlock
  name: '모델 이름',
  whoseClips: '누구의 클립인지',
  licence: '모델로 해도 되는 일',
  cardNote: '모델의 카드와 파일에 기록됩니다.',
  knows: (emotions) => `아는 감정: ${emotions}.`,
  from: (whose, clips, people, time) => `${whose}: ${people}명의 클립 ${clips}개, ${time}.`,
  heldOut: (wanted, real) =>
    `남겨 둔 클립에서 판정기가 원하는 감정을 ${wanted} %로 봅니다. 실제 클립은 ${real} %입니다.`,
  noneHeldOut: '판정을 위해 남겨 둔 클립은 없습니다.',

  // LabeledClips
  usedOf: (used, count, time) => `${count}개 중 ${used}개 사용, ${time}`,
  chooseFolder: '폴더 선택',
  listeningTo: (count) => `클립 ${count}개를 살펴보는 중`,
  folderWords: {
    statistics: '클립 폴더를 고르세요. 같은 사람의 중립과 다른 감정이 한 가지 이상, 각각 클립이 두 개 이상 필요합니다.',
    relgan: '클립 폴더를 고르세요. 중립을 포함한 감정이 세 가지 이상, 감정마다 클립이 두 개 이상 필요합니다.',
  },
  folderNote:
    '감정은 감정별 폴더(그 안에 사람별 폴더), file, emotion, person 열이 있는 table.csv, 또는 EmoDB나 RAVDESS 방식의 파일 이름에서 읽습니다.',

  // EmotionCounts
  countsCaption: '감정과 사람별로 사용하는 클립 수',
  person: '사람',
  unknownPerson: '알 수 없음',
  countPeople: (count) => `${count}명`,

  // LabeledTable
  leftOut: '제외됨',
  allClips: '모든 클립',
  shownClips: '표시할 클립',
  countClips: (count) => `클립 ${count}개`,
  emotionOf: (clip) => `${clip}의 감정`,
  moreClips: (count) => `외 ${count}개`,

  // LearnerBlock
  learners: { statistics: '통계', compact: '신경망, 작게', paper: '신경망, 논문 크기' },
  learnerNotes: {
    statistics: '사람마다 중립 클립 필요',
    compact: '노트북에 알맞음',
    paper: '빠른 엔진 필요',
  },
  readingTakes: (time) => `클립 ${time} 분량을 한 번 읽습니다.`,
  timeAfterClips: '클립이 있으면 시간을 알 수 있습니다.',
  noEngine: '필요 없음',
  timesAfterClips: '클립이 있고 이 컴퓨터를 측정하면 시간을 알 수 있습니다.',

  // EmotionRun
  trainAnother: '다른 감정 모델 학습',
  judged: (wanted, real) =>
    `남겨 둔 클립에서 판정기가 원하는 감정을 ${wanted} %로 봅니다. 실제 클립은 ${real} %입니다.`,
  lossesAt: (step) => `${step}단계의 항목별 손실`,
  generator: '생성기',
  discriminator: '판별기',
  terms: {
    adversarial: '적대',
    backward: '되돌리기',
    mode: '모드 탐색',
    cycle: '순환',
    identity: '항등',
    triangle: '삼각',
    conditional: '일치',
    interpolation: '보간',
    real: '실제 쌍',
    fake: '만든 쌍',
    'wrong-first': '틀린 첫 클립',
    'wrong-source': '틀린 원래 감정',
    'wrong-target': '틀린 바꿀 감정',
    'wrong-second': '틀린 둘째 클립',
  },

  // HearTables
  hear: '들어 보기',

  // EmotionCheckpoints
  sourceEmotion: '원래 감정',
  targetEmotion: '바꿀 감정',
  isMaking: (step) => `${step}단계가 클립을 바꾸는 중`,

  // EmotionSection
  models: '감정 모델',
  noModels: '프로그램에 들어 있는 감정은 모델 없이 쓸 수 있습니다.',
  train: '감정 모델 학습',
  importModel: '감정 모델 가져오기',
  notImported: '감정 모델을 가져오지 못했습니다',
  isImported: (name, emotions) => `${name}: 아는 감정은 ${emotions}입니다.`,
  isIn: (name, path) => `${name}: ${path}에 저장했습니다`,
  notExported: '감정 모델을 내보내지 못했습니다',
  notRemoved: '감정 모델을 제거하지 못했습니다',
  removeQuestion: (name) => `${withParticle(name, '을/를')} 이 컴퓨터에서 제거할까요?`,
  removeNote: '곡에는 변환한 것이 남지만, 이 모델의 감정으로 새로 변환할 수는 없습니다.',
  learning: '학습 중',

  // emotion-labels
  ofModel: (emotion, model) => `${emotion}, ${model}`,

  // EmotionChoice
  emotionsOf: '감정 출처',
  shipped: '프로그램',
} satisfies Translation<typeof english>

import AllPaths from './backprop/AllPaths.astro';
import BlameDepth from './backprop/BlameDepth.astro';
import ByHand from './backprop/ByHand.astro';
import ChainRule from './backprop/ChainRule.astro';
import Nudging from './backprop/Nudging.astro';
import OneLesson from './backprop/OneLesson.astro';
import OneParameter from './backprop/OneParameter.astro';
import Receipt from './backprop/Receipt.astro';
import Guesses from './clinic/Guesses.astro';
import LockStep from './clinic/LockStep.astro';
import Contents from './chrome/Contents.astro';
import Clinic from './clinic/Clinic.astro';
import BeTheNetwork from './be-the-network/BeTheNetwork.astro';
import Term from './chrome/Term.astro';
import ChoiceExercise from './exercises/ChoiceExercise.astro';
import NumericExercise from './exercises/NumericExercise.astro';
import CsvDesk from './explorer/CsvDesk.astro';
import DataSplit from './explorer/DataSplit.astro';
import DigitExplorer from './explorer/DigitExplorer.astro';
import DigitPortraits from './explorer/DigitPortraits.astro';
import LuckyGuessers from './explorer/LuckyGuessers.astro';
import PixelHistogram from './explorer/PixelHistogram.astro';
import ScaledAndOneHot from './explorer/ScaledAndOneHot.astro';
import SilentPixels from './explorer/SilentPixels.astro';
import Lab from './lab/Lab.astro';
import ActivationExplorer from './layer/ActivationExplorer.astro';
import DigitNeuron from './layer/DigitNeuron.astro';
import Initialization from './layer/Initialization.astro';
import Shapes from './layer/Shapes.astro';
import SmallNeuron from './layer/SmallNeuron.astro';
import WhyBend from './layer/WhyBend.astro';
import DrawPad from './pad/DrawPad.astro';
import DrawWorkshop from './pad/DrawWorkshop.astro';
import BackwardStepper from './stepper/BackwardStepper.astro';
import BatchGradient from './stepper/BatchGradient.astro';
import BatchLoss from './stepper/BatchLoss.astro';
import ForwardStepper from './stepper/ForwardStepper.astro';
import LossCurve from './stepper/LossCurve.astro';
import SoftmaxExplorer from './stepper/SoftmaxExplorer.astro';
import Biography from './trainer/Biography.astro';
import Landscape from './trainer/Landscape.astro';
import Race from './trainer/Race.astro';
import TimeTravel from './trainer/TimeTravel.astro';
import TrainingConsole from './trainer/TrainingConsole.astro';

/** What a chapter may name: widgets, each by its shell. */
export const widgets = {
  ActivationExplorer,
  AllPaths,
  BackwardStepper,
  BatchGradient,
  BatchLoss,
  BeTheNetwork,
  Biography,
  BlameDepth,
  ByHand,
  ChainRule,
  ChoiceExercise,
  Clinic,
  Contents,
  CsvDesk,
  DataSplit,
  DigitExplorer,
  DigitNeuron,
  DigitPortraits,
  DrawPad,
  DrawWorkshop,
  ForwardStepper,
  Guesses,
  Initialization,
  Lab,
  Landscape,
  LockStep,
  LossCurve,
  LuckyGuessers,
  Nudging,
  NumericExercise,
  OneLesson,
  OneParameter,
  PixelHistogram,
  Race,
  Receipt,
  ScaledAndOneHot,
  Shapes,
  SilentPixels,
  SmallNeuron,
  SoftmaxExplorer,
  Term,
  TimeTravel,
  TrainingConsole,
  WhyBend,
};

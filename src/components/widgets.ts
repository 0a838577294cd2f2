import Contents from './chrome/Contents.astro';
import ChoiceExercise from './exercises/ChoiceExercise.astro';
import NumericExercise from './exercises/NumericExercise.astro';
import DigitExplorer from './explorer/DigitExplorer.astro';
import DrawPad from './pad/DrawPad.astro';
import DrawWorkshop from './pad/DrawWorkshop.astro';
import ForwardStepper from './stepper/ForwardStepper.astro';

/** What a chapter may name: widgets, each by its shell. */
export const widgets = {
  ChoiceExercise,
  Contents,
  DigitExplorer,
  DrawPad,
  DrawWorkshop,
  ForwardStepper,
  NumericExercise,
};

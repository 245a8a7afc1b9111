import { router } from '../trpc.ts';
import { chooseDefaultView } from './choose-default-view.ts';
import { createView } from './create-view.ts';
import { listViews } from './list-views.ts';
import { removeView } from './remove-view.ts';
import { updateView } from './update-view.ts';

export const viewsRouter = router({
  list: listViews,
  create: createView,
  update: updateView,
  remove: removeView,
  chooseDefault: chooseDefaultView,
});

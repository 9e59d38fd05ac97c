// From photos to predictions. dotnet run -c Release --project samples/PhotosToPrediction -- photos new-photos
using Altar.Inference;
using Altar.Metrics;
using Altar.Recipes;
using Altar.Tensors;
using Altar.Training;

NativeLibraries.Prepare();
var recipe = RecipeFile.ForFolder(args[0]);   // a folder with a folder of photos for each class
var run = TrainingRun.Execute(recipe, new RunOptions(), new Progress<TrainingEvent>(Console.WriteLine), CancellationToken.None);

using var predictor = Predictor.Open(run.Folder);
foreach (var prediction in predictor.Predict(PictureFiles.List(args[1])))
    Console.WriteLine($"{prediction.Path}: {predictor.Card.Classes[Ranking.First(prediction.Probabilities)]}");

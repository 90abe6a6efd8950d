using ModelGen;
using static ModelGen.Functional;

namespace TextGenerator;

/// <summary>Tells what word comes next, at every place of a text.</summary>
/// <remarks>
/// Each word is a row of a table of 10,000; a recurrent layer reads the rows one after another; the last layer gives a score for each of the 10,000 words that
/// may follow. "batch" texts are read at once, "time" words of each: both are open. The scores are logits: Softmax of them are the probabilities, which the loss takes by itself.
/// What the recurrent layer remembers of the words before is carried from call to call, so that a text can be read word by word.
/// </remarks>
[Model]
public sealed partial class WordModel
{
    /// <summary>The number of words that the model knows.</summary>
    public const int Words = 10_000;

    [Embedding(Words, 256, Init = Init.Uniform, InitScale = 0.05)]
    private partial Tensor Embed(Tensor<int> words);

    [Lstm(128)]
    private partial (Tensor Output, Tensor Hidden, Tensor Cell) Read(Tensor x, Tensor hidden, Tensor cell);

    [Dense(Words)]
    private partial Tensor Next(Tensor h);

    [State("batch", 128)]
    private partial Tensor Hidden { get; set; }

    [State("batch", 128)]
    private partial Tensor Cell { get; set; }

    [Forward]
    private Tensor Predict([Shape("batch", "time")] Tensor<int> words)
    {
        (Tensor read, Hidden, Cell) = Read(Embed(words), Hidden, Cell);
        return Next(read);
    }

    [Loss]
    private Tensor Loss(Tensor predict, [Shape("batch", "time")] Tensor<int> following) => SoftmaxCrossEntropy(predict, following);
}

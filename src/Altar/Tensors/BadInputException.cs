namespace Altar.Tensors;

/// <summary>What the user gave cannot be used. The message names the file, the line, key or sample, and the cure; programs print it alone and exit with 2.</summary>
/// <param name="message">What, where, and the cure.</param>
/// <param name="inner">The cause, if another error revealed it.</param>
public sealed class BadInputException(string message, Exception? inner = null) : Exception(message, inner);

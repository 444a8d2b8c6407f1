using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>What became of a turn that was to be written.</summary>
/// <param name="Commit">Null when it was not written.</param>
/// <param name="Failure">Why; null when the claim was lost.</param>
internal readonly record struct WriteResult(TurnCommit? Commit, Exception? Failure);

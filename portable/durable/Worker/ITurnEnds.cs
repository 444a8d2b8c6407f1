namespace Navi.Portable.Durable.Worker;

/// <summary>Hears what became of turns.</summary>
internal interface ITurnEnds
{
    /// <param name="here">Whether the caller's thread has nothing else to do.</param>
    void Ended(PendingTurn turn, WriteResult result, bool here);
}

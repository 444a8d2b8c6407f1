namespace Navi.Agent.Context.Rows;

/// <summary>What a task is to do from a turn on: a forked task may go on from another one's turns with words of its own.</summary>
internal sealed class GivenWords
{
    public int Turn { get; init; }

    public string Text { get; init; } = "";
}

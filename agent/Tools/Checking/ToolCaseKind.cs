namespace Navi.Agent.Tools.Checking;

/// <summary>What a case of a tool shows.</summary>
internal enum ToolCaseKind
{
    /// <summary>The tool does its work here.</summary>
    Works,

    /// <summary>What can't be done is answered with an error to act on.</summary>
    Fails,

    /// <summary>Arguments that don't fit are refused by name.</summary>
    Refuses,
}

namespace Navi.Agent.Code;

/// <summary>Where a pattern counts as a definition.</summary>
internal enum PatternPlace
{
    Anywhere,

    /// <summary>Outside every type and function; namespaces don't count.</summary>
    Top,

    /// <summary>Directly inside a type.</summary>
    Member,

    /// <summary>Directly inside a type, or outside every type and function.</summary>
    TopOrMember,

    /// <summary>Directly inside a bracket that the rule's word stands before, as in Go's const ( ... ).</summary>
    Group,
}

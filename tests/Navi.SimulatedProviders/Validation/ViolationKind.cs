namespace Navi.SimulatedProviders.Validation;

/// <summary>How a request differs.</summary>
public enum ViolationKind
{
    /// <summary>A member that the description does not have.</summary>
    Unknown,

    /// <summary>A required member is not there.</summary>
    Missing,

    /// <summary>Another type.</summary>
    Type,

    /// <summary>The type is right and the value is not.</summary>
    Value,
}

namespace Microsoft.Azure.Functions.Worker;

public abstract class BindingMetadata
{
    protected BindingMetadata()
    {
    }

    /// <summary>The parameter's name.</summary>
    public abstract string Name { get; }

    /// <summary>The binding's type, for example httpTrigger, timerTrigger, orchestrationTrigger or activityTrigger.</summary>
    public abstract string Type { get; }

    public abstract BindingDirection Direction { get; }
}

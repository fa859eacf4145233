"""Bodies of anchors, identities, policies and keys."""

from estate_base import FILLER_KEY, moment, usually

WIDE_POLICIES = (
    "arn:aws:iam::aws:policy/AdministratorAccess",
    "arn:aws:iam::aws:policy/IAMFullAccess",
    "arn:aws:iam::aws:policy/PowerUserAccess",
)


def statement(
    r,
    public=0.03,
    admin=0.04,
    actions=(
        "s3:GetObject",
        "s3:PutObject",
        "kms:Decrypt",
        "dynamodb:Query",
        "logs:PutLogEvents",
        "sqs:*",
        "iam:PassRole",
    ),
):
    wide = r.random() < admin
    found = {
        "Sid": "S%d" % r.randint(0, 999),
        "Effect": usually(r, 0.93, "Allow", "Deny"),
        "Action": (
            "*"
            if wide
            else usually(
                r,
                0.5,
                [actions[int(r.random() * len(actions))], actions[int(r.random() * len(actions))]],
                actions[int(r.random() * len(actions))],
            )
        ),
        "Resource": "*" if wide or r.random() < 0.2 else ["arn:aws:s3:::data-%d/*" % r.randint(0, 99)],
    }
    if public:
        found["Principal"] = "*" if r.random() < public else {"AWS": "arn:aws:iam::%012d:root" % r.randint(1, 10**11)}
    if r.random() < 0.15:
        found["Condition"] = {"StringEquals": {"aws:PrincipalOrgID": "o-bench00001"}}
    return found


def identity_policy(r, most=4):
    return {"Version": "2012-10-17", "Statement": [statement(r, public=0) for _ in range(r.randint(1, most))]}


def resource_policy(r, most=3):
    return {"Version": "2012-10-17", "Statement": [statement(r, admin=0) for _ in range(r.randint(1, most))]}


def organization(estate, kind, place, r):
    return {"Id": place.name, "FeatureSet": "ALL"}


def account(estate, kind, place, r):
    return {"PublicAccessBlockConfiguration": public_access_block(r), "AccountAliases": ["bench-%d" % place.ordinal]}


def region(estate, kind, place, r):
    return {"EbsEncryptionByDefault": r.random() < 0.7}


def account_summary(estate, kind, place, r):
    return {
        "AccountMFAEnabled": usually(r, 0.9, 1, 0),
        "AccountAccessKeysPresent": usually(r, 0.9, 0, 1),
        "Users": 40,
        "MFADevices": 31,
    }


def password_policy(estate, kind, place, r):
    if r.random() < 0.1:
        return {"exists": False}
    return {
        "exists": True,
        "MinimumPasswordLength": usually(r, 0.7, 14, 8, 16),
        "RequireSymbols": True,
        "RequireNumbers": True,
        "RequireUppercaseCharacters": True,
        "RequireLowercaseCharacters": r.random() < 0.9,
        "PasswordReusePrevention": usually(r, 0.7, 24, 5),
        "MaxPasswordAge": 90,
    }


def credential_report_user(estate, kind, place, r):
    body = {
        "user": place.name,
        "arn": "arn:aws:iam::%s:user/%s" % (estate.account(place.home), place.name),
        "user_creation_time": moment(r, 300, 900),
        "password_enabled": r.random() < 0.6,
        "mfa_active": r.random() < 0.85,
        FILLER_KEY: 0,
    }
    if body["password_enabled"]:
        body["password_last_changed"] = moment(r, 10, 400)
        if r.random() < 0.8:
            body["password_last_used"] = moment(r, 1, 200)
    for k in (1, 2):
        active = r.random() < 0.3
        body["access_key_%d_active" % k] = active
        if active:
            body["access_key_%d_last_rotated" % k] = moment(r, 1, 300)
            if r.random() < 0.8:
                body["access_key_%d_last_used_date" % k] = moment(r, 1, 150)
                body["access_key_%d_last_used_region" % k] = "eu-west-1"
    return body


def managed_arns(r):
    return [
        usually(r, 0.93, "arn:aws:iam::aws:policy/ReadOnlyAccess", *WIDE_POLICIES) for _ in range(int(r.random() * 3))
    ]


def role(estate, kind, place, r):
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": usually(r, 0.97, {"Service": "lambda.amazonaws.com"}, "*", {"AWS": "*"}),
                "Action": "sts:AssumeRole",
            }
        ],
    }
    return {
        "RoleName": place.name,
        "Path": usually(r, 0.85, "/", "/aws-service-role/", "/application/"),
        "AssumeRolePolicyDocument": trust,
        FILLER_KEY: 0,
        "ManagedPolicyArns": managed_arns(r),
        "Policies": [
            {"PolicyName": "inline-%d" % k, "PolicyDocument": identity_policy(r, 2)} for k in range(int(r.random() * 2))
        ],
        "MaxSessionDuration": 3600,
    }


def user(estate, kind, place, r):
    return {
        "UserName": place.name,
        "Path": "/",
        "Groups": ["developers"],
        FILLER_KEY: 0,
        "ManagedPolicyArns": [] if r.random() < 0.85 else managed_arns(r),
        "Policies": [] if r.random() < 0.9 else [{"PolicyName": "inline", "PolicyDocument": identity_policy(r, 1)}],
    }


def group(estate, kind, place, r):
    return {
        "GroupName": place.name,
        "Path": "/",
        "ManagedPolicyArns": managed_arns(r),
        FILLER_KEY: 0,
        "Policies": [{"PolicyName": "inline", "PolicyDocument": identity_policy(r, 2)}] if r.random() < 0.4 else [],
    }


def managed_policy(estate, kind, place, r):
    return {
        "PolicyArn": place.id,
        "ManagedPolicyName": place.name,
        "Path": "/",
        "AttachmentCount": r.randint(0, 20),
        FILLER_KEY: 0,
        "PolicyDocument": identity_policy(r),
    }


def inline_policy(estate, kind, place, r):
    return {"PolicyName": place.name, FILLER_KEY: 0, "PolicyDocument": identity_policy(r), "Roles": ["role"]}


def access_key(estate, kind, place, r):
    return {
        "Id": place.name,
        "UserName": estate.aws_peer(r, "AWS::IAM::User", place).name,
        FILLER_KEY: 0,
        "Status": usually(r, 0.5, "Inactive", "Active"),
        "CreateDate": moment(r),
    }


def key(estate, kind, place, r):
    body = {
        "KeyId": place.name,
        "Description": "data of the tier",
        "Enabled": True,
        "KeyUsage": usually(r, 0.95, "ENCRYPT_DECRYPT", "SIGN_VERIFY"),
        "KeySpec": usually(r, 0.93, "SYMMETRIC_DEFAULT", "RSA_2048"),
        "KeyState": usually(r, 0.95, "Enabled", "PendingDeletion", "Disabled"),
        "KeyManager": usually(r, 0.9, "CUSTOMER", "AWS"),
        "Origin": "AWS_KMS",
        "MultiRegion": False,
        FILLER_KEY: 0,
    }
    if r.random() < 0.95:
        body["EnableKeyRotation"] = r.random() < 0.85
        if body["EnableKeyRotation"]:
            body["RotationPeriodInDays"] = usually(r, 0.9, 365, 730)
    body["KeyPolicy"] = resource_policy(r, 2)
    return body


def public_access_block(r):
    good = r.random() < 0.85
    return {
        "BlockPublicAcls": good,
        "BlockPublicPolicy": good or r.random() < 0.5,
        "IgnorePublicAcls": good,
        "RestrictPublicBuckets": good,
    }
